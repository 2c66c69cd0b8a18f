-- What a plan on the ballot costs every year afterwards, in cents, and who bears it: frozen with the paper. Papers that are not
-- frozen yet get what was found out; frozen ones stay as they were hashed.
ALTER TABLE paper_plan ADD COLUMN running BIGINT NOT NULL DEFAULT 0 CHECK (running >= 0);
ALTER TABLE paper_plan ADD COLUMN borne_by TEXT NOT NULL DEFAULT '';
UPDATE paper_plan SET
    running = COALESCE((SELECT v.running_cost FROM verdict v WHERE v.initiative_id = paper_plan.initiative_id), 0),
    borne_by = COALESCE((SELECT v.borne_by FROM verdict v WHERE v.initiative_id = paper_plan.initiative_id), '')
WHERE round_id IN (SELECT id FROM round WHERE paper IS NULL AND phase IN ('setup', 'published'));

-- Who handed a plan in would like somebody who thinks along.
ALTER TABLE initiative ADD COLUMN wants_supporter BIGINT NOT NULL DEFAULT 0 CHECK (wants_supporter IN (0, 1));
