// A PostgreSQL whose disk is full, as its clients see it: every write is refused with the code it gives when it cannot extend a file.
import pg from 'pg';

export const DISK_FULL = '53100';

const FILL = `
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${DISK_FULL}'; END $$;
    DO $$ DECLARE t regclass; BEGIN
        FOR t IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_(catalog|toast)|information_schema)' LOOP
            EXECUTE format('CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE OR DELETE ON %s EXECUTE FUNCTION full_disk()', t);
        END LOOP;
    END $$`;

export const fillDisk = (url: string): Promise<void> => inDatabase(url, FILL);

export const makeRoom = (url: string): Promise<void> =>
    inDatabase(url, 'DROP FUNCTION IF EXISTS full_disk CASCADE');

export async function inDatabase(url: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
}
