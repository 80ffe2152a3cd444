// Written to every row, so that a change of the rules is seen and leads to a full run.
export const ENGINE_VERSION = '0.1.0';
