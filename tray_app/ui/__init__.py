"""Everything that Qt draws or schedules."""
