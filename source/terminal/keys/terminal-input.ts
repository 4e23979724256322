/** What a user did at a terminal: pressed a key, by its name, or pasted a text. */
export type TerminalInput =
	{readonly kind: 'key'; readonly name: string} | {readonly kind: 'paste'; readonly text: string};
