"""What a workspace says: its definitions read together, checked, and told in words."""
