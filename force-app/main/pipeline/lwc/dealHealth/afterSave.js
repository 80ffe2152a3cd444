// After a deal was saved on this page its figures are worked out anew within seconds, or a minute where the org does not tell the
// service of changes. So they are read again a few times, ever more seldom, until they are newer than the save. A page on which
// nobody saves asks for nothing.
const PAUSES_MS = [2000, 2000, 2000, 3000, 5000, 10000, 20000, 30000];

export class AfterSave {
    savedAt;
    timer;
    readAgain;

    /** `readAgain` resolves when the figures on the page are those the org has. */
    constructor(readAgain) {
        this.readAgain = readAgain;
    }

    /** What the record says of its last save; the first time it is only the one the page began with. */
    noteSave(savedAt) {
        const isNew = this.savedAt !== undefined && savedAt !== this.savedAt;
        this.savedAt = savedAt;
        if (isNew) this.plan(0);
    }

    /** As of when the figures on the page are. */
    noteFigures(asOf) {
        if (asOf && Date.parse(asOf) > Date.parse(this.savedAt)) this.stop();
    }

    stop() {
        clearTimeout(this.timer);
        this.timer = undefined;
    }

    plan(attempt) {
        this.stop();
        if (attempt === PAUSES_MS.length) return;
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- the service works meanwhile; ended by stop()
        this.timer = setTimeout(() => this.look(attempt), PAUSES_MS[attempt]);
    }

    async look(attempt) {
        this.plan(attempt + 1);
        // Nobody looks at a page in the background.
        if (document.visibilityState === 'hidden') return;
        await this.readAgain();
    }
}
