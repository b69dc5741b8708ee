"""Pages that are only pictures: scans and photographs of paper become tables of read text."""
