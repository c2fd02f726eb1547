"""Running a Kommune: its members and invitations, its master data, its log. No tables of its own."""
