-- Networks from which somebody signed in to an account before: what strangers try elsewhere does not shut them out there.
CREATE TABLE known_network (
    account_id INTEGER NOT NULL REFERENCES account (id),
    network_hash BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, network_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_network_seen ON known_network (seen_at);

-- Pictures that nothing shows are looked for often.
CREATE INDEX picture_created ON picture (created_at);
CREATE INDEX initiative_picture ON initiative (picture_id);
CREATE INDEX initiative_draft_picture ON initiative_draft (picture_id);
CREATE INDEX milestone_picture ON milestone (picture_id);
