// A pause that others can end. Rung while nobody waits, it ends the next pause at once.
export class Alarm {
    #isRung = false;
    #end: (() => void) | null = null;

    async wait(ms: number): Promise<void> {
        if (!this.#isRung) {
            await new Promise<void>((resolve) => {
                const timer = setTimeout(resolve, ms);
                this.#end = () => {
                    clearTimeout(timer);
                    resolve();
                };
            });
            this.#end = null;
        }
        this.#isRung = false;
    }

    ring(): void {
        this.#isRung = true;
        this.#end?.();
    }
}
