"""What people read: letters, digest, finding sentences, the roll-up workbook."""
