"""What the binary Excel format says, record by record ([MS-XLS], and BIFF5 before it)."""
