"""What Word and Excel files share: a zip of XML parts joined by relationships."""
