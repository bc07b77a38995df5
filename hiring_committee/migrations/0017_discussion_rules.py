"""Resolutions and comments wait for the votes to open, so that nobody's word sways a vote."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION votes_are_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM hiring_committee_closing WHERE packet_id = new.packet_id) THEN
    RAISE EXCEPTION 'the votes on this packet are not open yet'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE FUNCTION resolved_by_who_sits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM interviews_committeeseat
                 WHERE loop_id = new.loop_id AND person_id = new.by_id AND committee_sits(id)) THEN
    RAISE EXCEPTION 'only a member of the committee who is not recused resolves a flag'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER resolved_by_who_sits BEFORE INSERT ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION resolved_by_who_sits();
CREATE TRIGGER votes_are_open BEFORE INSERT ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION votes_are_open();
CREATE TRIGGER votes_are_open BEFORE INSERT ON hiring_committee_comment
  FOR EACH ROW EXECUTE FUNCTION votes_are_open();

CREATE FUNCTION comment_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above hiring_committee_comment;
BEGIN
  PERFORM FROM hiring_committee_packet
    WHERE id = new.packet_id AND loop_id = new.loop_id AND superseded_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a comment is written on the current packet of its loop'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM FROM interviews_committeeseat
    WHERE loop_id = new.loop_id AND person_id = new.author_id AND committee_sits(id) FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only a member of the committee who is not recused writes a comment'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT * INTO above FROM hiring_committee_comment WHERE id = new.parent_id;
  IF new.withdrawn_at IS NOT NULL OR new.parent_id IS NOT NULL AND (
     above.parent_id IS NOT NULL
     OR (above.loop_id, above.anchor) IS DISTINCT FROM (new.loop_id, new.anchor)) THEN
    RAISE EXCEPTION 'a reply is given to a comment on the same part, and to no reply'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_comment
  FOR EACH ROW EXECUTE FUNCTION comment_allowed();

CREATE FUNCTION comment_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.withdrawn_at IS NOT NULL OR new.withdrawn_at IS NULL
     OR (new.id, new.loop_id, new.packet_id, new.anchor, new.parent_id, new.author_id, new.text,
         new.answer, new.at)
        IS DISTINCT FROM
        (old.id, old.loop_id, old.packet_id, old.anchor, old.parent_id, old.author_id, old.text,
         old.answer, old.at) THEN
    RAISE EXCEPTION 'a comment is never changed: it is only withdrawn, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER only_withdrawn BEFORE UPDATE OR DELETE ON hiring_committee_comment
  FOR EACH ROW EXECUTE FUNCTION comment_only_withdrawn();
"""
BACKWARD = """
DROP FUNCTION resolved_by_who_sits() CASCADE;
DROP FUNCTION comment_only_withdrawn() CASCADE;
DROP FUNCTION comment_allowed() CASCADE;
DROP FUNCTION votes_are_open() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hiring_committee", "0016_discussion"),
        ("interviews", "0002_quorum"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
