"""What people do about data that broke its contract: correct rows, waive rules."""
