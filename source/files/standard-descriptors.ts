/**
The descriptors of the three standard streams: all that is read from and written to them goes
through here, so that a process which does several commands can give each its own.
*/
export const standard = {input: 0, output: 1, errorOutput: 2};
