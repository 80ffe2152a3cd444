// Hearing of changes in an org as they happen.

/** Where changes in an org are heard of as they happen. Nothing depends on it: what is missed is found by reading. */
export interface ChangeFeed {
    /** Follows the org until what is returned is called. */
    follow(orgId: string, onChange: () => void): () => Promise<void>;
}
