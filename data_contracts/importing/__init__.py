"""From a stranger's file to the rows of a contract: read, laid out, mapped, answered."""
