"""Who may vote, open the votes and decide, and when: kept by the database, whoever writes.

The functions repeat the querysets of `interviews.models.CommitteeSeat` (sitting, unrecused), and
tests/committee/test_database.py holds the two together. Rows are locked FOR SHARE so that neither
a packet is superseded nor a member recused between the look and the commit.
"""

from django.db import migrations

WHO = """
CREATE FUNCTION committee_conflict(of_loop uuid, of_person uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM interviews_seat s JOIN interviews_interview i ON i.id = s.interview_id
    LEFT JOIN scorecard_scorecard c ON c.seat_id = s.id
    WHERE s.person_id = of_person AND i.loop_id = of_loop
      AND (i.cancelled_at IS NULL OR c.id IS NOT NULL)
  ) OR EXISTS (
    SELECT 1 FROM interviews_loop l JOIN interviews_opening o ON o.id = l.opening_id
    JOIN interviews_candidate k ON k.id = l.candidate_id
    JOIN accounts_user u ON u.id = of_person
    WHERE l.id = of_loop AND (of_person IN (o.hiring_manager_id, k.account_id) OR k.email = u.email)
  )
$$;

CREATE FUNCTION committee_unrecused(of_seat bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT recused_at IS NULL AND NOT committee_conflict(loop_id, person_id)
                   FROM interviews_committeeseat WHERE id = of_seat), false)
$$;

CREATE FUNCTION committee_sits(of_seat bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT committee_unrecused(of_seat) AND EXISTS (
    SELECT 1 FROM interviews_committeeseat s JOIN accounts_user u ON u.id = s.person_id
    WHERE s.id = of_seat AND u.is_active AND 'committee' = ANY (u.roles))
$$;

CREATE FUNCTION committee_chair(of_loop uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT person_id FROM interviews_committeeseat
  WHERE loop_id = of_loop AND is_chair AND committee_sits(id)
$$;

CREATE FUNCTION committee_quorum(of_loop uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT o.quorum FROM interviews_loop l JOIN interviews_opening o ON o.id = l.opening_id
     WHERE l.id = of_loop),
    greatest(2, (SELECT count(*) FROM interviews_committeeseat
                 WHERE loop_id = of_loop AND committee_sits(id)) / 2 + 1))
$$;

CREATE FUNCTION committee_votes(of_packet uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM hiring_committee_vote
  WHERE packet_id = of_packet AND ballot = 'second' AND committee_unrecused(seat_id)
$$;

CREATE FUNCTION committee_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', why USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION committee_loop_of_current(of_packet uuid) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE found_loop uuid;
BEGIN
  SELECT loop_id INTO found_loop FROM hiring_committee_packet
  WHERE id = of_packet AND superseded_at IS NULL FOR SHARE;
  IF found_loop IS NULL THEN
    PERFORM committee_refuse('the packet was superseded: only the current one is voted on');
  END IF;
  PERFORM 1 FROM interviews_committeeseat WHERE loop_id = found_loop FOR SHARE;
  RETURN found_loop;
END $$;
"""

VOTE = """
CREATE FUNCTION vote_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_loop uuid := committee_loop_of_current(new.packet_id);
BEGIN
  new.at := clock_timestamp();
  IF NOT EXISTS (SELECT 1 FROM interviews_committeeseat
                 WHERE id = new.seat_id AND loop_id = of_loop) THEN
    PERFORM committee_refuse('a vote is given from a seat in this committee');
  ELSIF NOT committee_sits(new.seat_id) THEN
    PERFORM committee_refuse('a recused member does not vote');
  ELSIF new.ballot = 'second' AND NOT EXISTS (
      SELECT 1 FROM hiring_committee_vote WHERE packet_id = new.packet_id
      AND seat_id = new.seat_id AND ballot = 'first') THEN
    PERFORM committee_refuse('the first vote comes before the second');
  ELSIF EXISTS (SELECT 1 FROM hiring_committee_decision WHERE packet_id = new.packet_id) THEN
    PERFORM committee_refuse('a decided packet takes no more votes');
  ELSIF new.confirms_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM hiring_committee_vote v
      JOIN hiring_committee_packet was ON was.id = v.packet_id
      JOIN hiring_committee_packet now ON now.id = new.packet_id
      WHERE v.id = new.confirms_id AND was.version < now.version
      AND (v.seat_id, v.ballot, v.choice, v.reason)
        = (new.seat_id, new.ballot, new.choice, new.reason)) THEN
    PERFORM committee_refuse('only one''s own same vote on an earlier packet can be confirmed');
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_vote
  FOR EACH ROW EXECUTE FUNCTION vote_allowed();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_vote
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
"""

CLOSING = """
CREATE FUNCTION closing_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_loop uuid := committee_loop_of_current(new.packet_id);
BEGIN
  new.at := clock_timestamp();
  IF committee_votes(new.packet_id) < committee_quorum(of_loop) THEN
    PERFORM committee_refuse('without a quorum of second votes they stay closed');
  ELSIF new.by_id IS NULL AND EXISTS (
      SELECT 1 FROM interviews_committeeseat s
      WHERE loop_id = of_loop AND committee_sits(id) AND NOT EXISTS (
        SELECT 1 FROM hiring_committee_vote v
        WHERE v.packet_id = new.packet_id AND v.seat_id = s.id AND v.ballot = 'second')) THEN
    PERFORM committee_refuse('a member has not voted: only the chair opens the votes before that');
  ELSIF new.by_id IS NOT NULL AND new.by_id IS DISTINCT FROM committee_chair(of_loop) THEN
    PERFORM committee_refuse('only the chair opens the votes before all are in');
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_closing
  FOR EACH ROW EXECUTE FUNCTION closing_allowed();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_closing
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
"""

DECISION = """
CREATE FUNCTION decision_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_loop uuid := committee_loop_of_current(new.packet_id);
  last uuid := (SELECT id FROM hiring_committee_decision d WHERE loop_id = new.loop_id
                AND NOT EXISTS (SELECT 1 FROM hiring_committee_decision s
                                WHERE s.supersedes_id = d.id));
BEGIN
  new.decided_at := clock_timestamp();
  IF new.loop_id <> of_loop THEN
    PERFORM committee_refuse('the packet is of another loop');
  ELSIF committee_chair(of_loop) IS DISTINCT FROM new.decided_by_id THEN
    PERFORM committee_refuse('a decision is recorded by the chair, seated and not recused');
  ELSIF NOT EXISTS (SELECT 1 FROM hiring_committee_closing WHERE packet_id = new.packet_id) THEN
    PERFORM committee_refuse('the votes on this packet are not open yet');
  ELSIF committee_votes(new.packet_id) < committee_quorum(of_loop) THEN
    PERFORM committee_refuse('there is no quorum for this packet');
  ELSIF EXISTS (SELECT FROM open_flags(new.packet_id)
                WHERE severity = 'disqualifying' AND outcome IS NULL) THEN
    PERFORM committee_refuse('a disqualifying flag is open: a member resolves it first');
  ELSIF new.kind <> 'more_evidence' AND EXISTS (
      SELECT FROM open_flags(new.packet_id) WHERE outcome = 'needs_interview') THEN
    PERFORM committee_refuse('a flag needs another interview: only more evidence can be asked for');
  ELSIF new.superseded_at IS NOT NULL OR new.supersedes_id IS DISTINCT FROM last THEN
    PERFORM committee_refuse('a decision supersedes the one before it, and nothing else');
  END IF;
  RETURN new;
END $$;

CREATE FUNCTION decision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.superseded_at IS NOT NULL OR new.superseded_at IS NULL
     OR (new.id, new.loop_id, new.packet_id, new.kind, new.level, new.reason, new.decided_by_id,
         new.decided_at, new.supersedes_id)
        IS DISTINCT FROM
        (old.id, old.loop_id, old.packet_id, old.kind, old.level, old.reason, old.decided_by_id,
         old.decided_at, old.supersedes_id) THEN
    PERFORM committee_refuse('a decision is never changed: a new one supersedes it, once');
  END IF;
  RETURN new;
END $$;

CREATE FUNCTION decision_succeeded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM hiring_committee_decision WHERE supersedes_id = new.id) THEN
    PERFORM committee_refuse('a decision is superseded by another one, never taken back');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_decision
  FOR EACH ROW EXECUTE FUNCTION decision_allowed();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON hiring_committee_decision
  FOR EACH ROW EXECUTE FUNCTION decision_immutable();
CREATE CONSTRAINT TRIGGER succeeded AFTER UPDATE ON hiring_committee_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decision_succeeded();
"""

FLAG = """
CREATE FUNCTION resolution_by_a_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM interviews_committeeseat
                 WHERE loop_id = new.loop_id AND person_id = new.by_id AND committee_sits(id)) THEN
    PERFORM committee_refuse('only a member of the committee who is not recused resolves a flag');
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER by_a_member BEFORE INSERT ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION resolution_by_a_member();
"""

BACKWARD = "".join(
    f"DROP FUNCTION {name} CASCADE;"
    for name in (
        "resolution_by_a_member()",
        "decision_succeeded()",
        "decision_immutable()",
        "decision_allowed()",
        "closing_allowed()",
        "vote_allowed()",
        "committee_loop_of_current(uuid)",
        "committee_refuse(text)",
        "committee_votes(uuid)",
        "committee_quorum(uuid)",
        "committee_chair(uuid)",
        "committee_sits(bigint)",
        "committee_unrecused(bigint)",
        "committee_conflict(uuid, uuid)",
    )
) + "".join(
    f"DROP TRIGGER append_only ON hiring_committee_{table};" for table in ("vote", "closing")
)


class Migration(migrations.Migration):
    dependencies = [
        ("hiring_committee", "0010_exports"),
        ("interviews", "0002_quorum"),
        ("scorecard", "0003_live_page"),
        ("accounts", "0002_audit_chain"),
    ]
    operations = [migrations.RunSQL(WHO + VOTE + CLOSING + DECISION + FLAG, BACKWARD)]
