-- A packet is immutable: it is only marked superseded, once.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON packets_packet
  FOR EACH ROW EXECUTE FUNCTION append_only('superseded_at');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON packets_packetflag
  FOR EACH ROW EXECUTE FUNCTION append_only();

-- Decisions ask the rows of flags, so that a flag without its row would stop nobody.
CREATE OR REPLACE FUNCTION packet_has_its_flags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(
    ARRAY(SELECT flag ->> 'signal' FROM jsonb_path_query(new.content, '$.flags[*]') flag ORDER BY 1)
      = ARRAY(SELECT signal::text FROM packets_packetflag WHERE packet_id = new.id ORDER BY 1),
    'a packet is stored with a row for each of its flags');
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS has_its_flags ON packets_packet;
CREATE CONSTRAINT TRIGGER has_its_flags AFTER INSERT ON packets_packet
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION packet_has_its_flags();
