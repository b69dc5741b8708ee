"""What people order by mail is carried out: who may, what follows, what they are told."""
