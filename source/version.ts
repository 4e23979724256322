/** The version of the program; a test holds it equal to that of package.json. */
export const version = '1.0.0';
