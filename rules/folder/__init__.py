"""A campaign's folder: how its files become a Campaign, or what is wrong with them and where."""
