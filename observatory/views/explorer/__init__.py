"""The data explorer: any rows of any table."""
