"""What may come in: contracts, the checks they promise, and the verdict on what arrived."""
