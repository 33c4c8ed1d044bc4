-- Which hub took the right to write, by a number that it drew. After a failover to a server that lost the newest fencing
-- number that number is given again, to another hub (decision 0078).
ALTER TABLE hub_lease ADD COLUMN holder TEXT NOT NULL DEFAULT '';
