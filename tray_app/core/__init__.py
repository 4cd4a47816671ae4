"""What a balance is and how it is followed: pure, standard library only."""
