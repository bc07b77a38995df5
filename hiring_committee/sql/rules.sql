-- The way from a ballot to a decision: no single person decides, whoever writes the row and how.
--
-- Python asks the same under the loop's lock, for its sentences. The database asks again since some
-- change without that lock what was asked: a person's role, account or e-mail, an opening's hiring
-- manager and quorum. Each rule below names that race, or says what it holds together.

-- Who has a stake in the loop: interviews in it, hires for it, or is its candidate.
-- `interviews.models.found_conflict` says the same of rows; a test holds the two together.
CREATE OR REPLACE FUNCTION committee_conflict(of_loop uuid, of_person uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM interviews_seat s JOIN interviews_interview i ON i.id = s.interview_id
    LEFT JOIN scorecard_scorecard c ON c.seat_id = s.id
    WHERE s.person_id = of_person AND i.loop_id = of_loop
      AND (i.cancelled_at IS NULL OR c.id IS NOT NULL)
  ) OR EXISTS (
    SELECT FROM interviews_loop l JOIN interviews_opening o ON o.id = l.opening_id
    JOIN interviews_candidate k ON k.id = l.candidate_id
    JOIN accounts_user u ON u.id = of_person
    WHERE l.id = of_loop AND (of_person IN (o.hiring_manager_id, k.account_id) OR k.email = u.email)
  )
$$;

CREATE OR REPLACE FUNCTION committee_unrecused(of_seat bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM interviews_committeeseat WHERE id = of_seat AND recused_at IS NULL
                 AND NOT committee_conflict(loop_id, person_id))
$$;

CREATE OR REPLACE FUNCTION committee_sits(of_seat bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT committee_unrecused(of_seat) AND EXISTS (
    SELECT FROM interviews_committeeseat s JOIN accounts_user u ON u.id = s.person_id
    WHERE s.id = of_seat AND u.is_active AND 'committee' = ANY (u.roles))
$$;

CREATE OR REPLACE FUNCTION committee_chair(of_loop uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT person_id FROM interviews_committeeseat
  WHERE loop_id = of_loop AND is_chair AND committee_sits(id)
$$;

CREATE OR REPLACE FUNCTION committee_has_quorum(of_packet uuid, of_loop uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (SELECT count(*) FROM hiring_committee_vote
          WHERE packet_id = of_packet AND ballot = 'second' AND committee_unrecused(seat_id))
      >= coalesce(
           (SELECT o.quorum FROM interviews_loop l JOIN interviews_opening o ON o.id = l.opening_id
            WHERE l.id = of_loop),
           greatest(2, (SELECT count(*) FROM interviews_committeeseat
                        WHERE loop_id = of_loop AND committee_sits(id)) / 2 + 1))
$$;

-- The loop of a packet that is current and stays so until the commit, as do its committee's seats.
CREATE OR REPLACE FUNCTION committee_loop_of_current(of_packet uuid) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE found_loop uuid;
BEGIN
  SELECT loop_id INTO found_loop FROM packets_packet
    WHERE id = of_packet AND superseded_at IS NULL FOR SHARE;
  PERFORM require(found_loop IS NOT NULL,
                  'the packet was superseded: the committee goes on in the current one');
  PERFORM FROM interviews_committeeseat WHERE loop_id = found_loop FOR SHARE;
  RETURN found_loop;
END $$;

-- Votes. Race: a member loses the role, leaves, or turns out to hire for the opening or to be its
-- candidate between Python's look and the row. The clock is the database's, after the look.
CREATE OR REPLACE FUNCTION vote_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_loop uuid := committee_loop_of_current(new.packet_id);
BEGIN
  PERFORM require(EXISTS (SELECT FROM interviews_committeeseat
                          WHERE id = new.seat_id AND loop_id = of_loop),
                  'a vote is given from a seat in this committee');
  PERFORM require(committee_sits(new.seat_id), 'a recused member does not vote');
  PERFORM require(new.ballot <> 'second' OR EXISTS (
                    SELECT FROM hiring_committee_vote WHERE packet_id = new.packet_id
                    AND seat_id = new.seat_id AND ballot = 'first'),
                  'the first vote comes before the second');
  PERFORM require(NOT EXISTS (SELECT FROM hiring_committee_decision
                              WHERE packet_id = new.packet_id),
                  'a decided packet takes no more votes');
  new.at := clock_timestamp();
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER allowed BEFORE INSERT ON hiring_committee_vote
  FOR EACH ROW EXECUTE FUNCTION vote_allowed();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_vote
  FOR EACH ROW EXECUTE FUNCTION append_only();

-- Opening the ballots. Race: as for votes; and a recruiter changes the opening's quorum.
CREATE OR REPLACE FUNCTION ballots_may_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_loop uuid := committee_loop_of_current(new.packet_id);
BEGIN
  PERFORM require(committee_has_quorum(new.packet_id, of_loop),
                  'without a quorum of second votes they stay closed');
  PERFORM require(new.by_id IS NOT NULL OR NOT EXISTS (
      SELECT FROM interviews_committeeseat s
      WHERE loop_id = of_loop AND committee_sits(id) AND NOT EXISTS (
        SELECT FROM hiring_committee_vote v
        WHERE v.packet_id = new.packet_id AND v.seat_id = s.id AND v.ballot = 'second')),
    'a member has not voted: only the chair opens the votes before that');
  PERFORM require(new.by_id IS NULL OR new.by_id = committee_chair(of_loop),
                  'only the chair opens the votes before all are in');
  new.at := clock_timestamp();
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER allowed BEFORE INSERT ON hiring_committee_ballotopening
  FOR EACH ROW EXECUTE FUNCTION ballots_may_open();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_ballotopening
  FOR EACH ROW EXECUTE FUNCTION append_only();

-- Flags of a packet that nobody settled: without an outcome, or waiting for another interview.
CREATE OR REPLACE FUNCTION open_flags(of_packet uuid)
RETURNS TABLE (signal varchar, severity varchar, outcome varchar) LANGUAGE sql STABLE AS $$
  SELECT f.signal, f.severity, r.outcome
  FROM packets_packetflag f
  JOIN packets_packet p ON p.id = f.packet_id
  LEFT JOIN hiring_committee_flagresolution r
    ON r.loop_id = p.loop_id AND r.signal = f.signal AND r.fingerprint = f.fingerprint
   AND NOT EXISTS (SELECT FROM hiring_committee_flagresolution n WHERE n.supersedes_id = r.id)
  WHERE f.packet_id = of_packet AND coalesce(r.outcome, 'needs_interview') = 'needs_interview'
$$;

-- Resolving a flag, which opens the way to a decision. Race: as for votes. It also holds the row to
-- its packet: the flag is there, and `cited` has the words of the notes that are named as evidence.
CREATE OR REPLACE FUNCTION resolution_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(EXISTS (
      SELECT FROM packets_packetflag f JOIN packets_packet p ON p.id = f.packet_id
      WHERE p.id = new.packet_id AND p.loop_id = new.loop_id
        AND f.signal = new.signal AND f.fingerprint = new.fingerprint),
    'the packet has no such flag');
  PERFORM committee_loop_of_current(new.packet_id);
  PERFORM require(EXISTS (SELECT FROM interviews_committeeseat WHERE loop_id = new.loop_id
                          AND person_id = new.by_id AND committee_sits(id)),
                  'only a member of the committee who is not recused resolves a flag');
  PERFORM require(EXISTS (SELECT FROM hiring_committee_ballotopening
                          WHERE packet_id = new.packet_id),
                  'the votes on this packet are not open yet');
  PERFORM require(new.supersedes_id IS NULL OR EXISTS (
      SELECT FROM hiring_committee_flagresolution
      WHERE id = new.supersedes_id AND (loop_id, signal, fingerprint)
        = (new.loop_id, new.signal, new.fingerprint)),
    'a resolution supersedes one of the same flag');
  new.cited := (
    SELECT coalesce(jsonb_agg(note ORDER BY array_position(new.evidence, note ->> 'ref')), '[]')
    FROM packets_packet p, jsonb_path_query(p.content, '$.cards[*].notes[*]') note
    WHERE p.id = new.packet_id AND note ->> 'ref' = ANY (new.evidence));
  PERFORM require(jsonb_array_length(new.cited) = cardinality(new.evidence),
                  'evidence is a note of a counted card in the packet');
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER allowed BEFORE INSERT ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION resolution_allowed();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION append_only();

-- Decisions. Race: as for opening the ballots, whose quorum is asked once more.
CREATE OR REPLACE FUNCTION decision_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_loop uuid := committee_loop_of_current(new.packet_id);
BEGIN
  PERFORM require(new.loop_id = of_loop, 'the packet is of another loop');
  PERFORM require(new.decided_by_id = committee_chair(of_loop),
                  'a decision is recorded by the chair, seated and not recused');
  PERFORM require(EXISTS (SELECT FROM hiring_committee_ballotopening
                          WHERE packet_id = new.packet_id),
                  'the votes on this packet are not open yet');
  PERFORM require(committee_has_quorum(new.packet_id, of_loop),
                  'there is no quorum for this packet');
  PERFORM require(NOT EXISTS (SELECT FROM open_flags(new.packet_id)
                              WHERE severity = 'disqualifying' AND outcome IS NULL),
                  'a disqualifying flag is open: a member resolves it first');
  PERFORM require(new.kind = 'more_evidence' OR NOT EXISTS (
                    SELECT FROM open_flags(new.packet_id) WHERE outcome = 'needs_interview'),
                  'a flag needs another interview: only more evidence can be asked for');
  PERFORM require(new.superseded_at IS NULL AND new.supersedes_id IS NOT DISTINCT FROM (
      SELECT id FROM hiring_committee_decision d WHERE loop_id = of_loop
      AND NOT EXISTS (SELECT FROM hiring_committee_decision n WHERE n.supersedes_id = d.id)),
    'a decision supersedes the one before it, and nothing else');
  new.decided_at := clock_timestamp();
  RETURN new;
END $$;

-- Of a decision that was superseded: there is the one that did it.
CREATE OR REPLACE FUNCTION decision_succeeded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(EXISTS (SELECT FROM hiring_committee_decision WHERE supersedes_id = new.id),
                  'a decision is superseded by another one, never taken back');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER allowed BEFORE INSERT ON hiring_committee_decision
  FOR EACH ROW EXECUTE FUNCTION decision_allowed();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_decision
  FOR EACH ROW EXECUTE FUNCTION append_only('superseded_at');
DROP TRIGGER IF EXISTS succeeded ON hiring_committee_decision;
CREATE CONSTRAINT TRIGGER succeeded AFTER UPDATE ON hiring_committee_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decision_succeeded();

-- What members wrote stays as they wrote it.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_comment
  FOR EACH ROW EXECUTE FUNCTION append_only('withdrawn_at');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_evidencenote
  FOR EACH ROW EXECUTE FUNCTION append_only('read_at');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_recruitertask
  FOR EACH ROW EXECUTE FUNCTION append_only('done_at', 'done_by_id', 'interview_id', 'done_reason');
