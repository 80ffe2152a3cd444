// Loaded before the service: SQLite says that the disk is full once the state file has grown by FAULT_SPARE_PAGES.
import Database from 'better-sqlite3';

const pragma = Database.prototype.pragma;
Database.prototype.pragma = function (source, options) {
    const answer = pragma.call(this, source, options);
    if (source.startsWith('journal_mode')) {
        const pages = Number(pragma.call(this, 'page_count', { simple: true }));
        pragma.call(this, `max_page_count = ${pages + Number(process.env.FAULT_SPARE_PAGES)}`);
    }
    return answer;
};
