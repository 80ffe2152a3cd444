/** The API version of everything that ships, and of every call the plugin makes. */
export const API_VERSION = '65.0';
