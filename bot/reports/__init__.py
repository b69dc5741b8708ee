"""Reports: what coordinators are told of a campaign, daily and at the end, down to the cell."""
