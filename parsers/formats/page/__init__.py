"""What every format of running text shares: looks, grids of spans, numbered blocks."""
