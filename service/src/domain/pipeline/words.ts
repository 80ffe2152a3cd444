// Few distinct words met many times (stages, types, teams) as small whole numbers.

export class WordIndex {
    readonly words: string[] = [];
    #codes = new Map<string, number>();

    codeOf(word: string): number {
        let code = this.#codes.get(word);
        if (code === undefined) {
            code = this.words.length;
            this.words.push(word);
            this.#codes.set(word, code);
        }
        return code;
    }
}
