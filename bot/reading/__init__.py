"""Reading processes: started, given room and time, used again, killed; what they could not open."""
