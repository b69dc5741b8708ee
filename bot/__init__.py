"""The worker: wires everything; owns time, network, schedule, log and commands."""
