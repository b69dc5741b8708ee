"""Files of ours: workbooks and Word files written, filled in, cut, reworded, all else kept."""
