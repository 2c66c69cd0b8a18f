-- The queue is picked in the order of this index, whatever the state; answered plans by theirs.
CREATE INDEX initiative_replied ON initiative (replied_at);
