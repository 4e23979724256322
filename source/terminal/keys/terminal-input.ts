/**
What a user did at a terminal: pressed a key, by its name, pasted a text, or pressed the left button
of the mouse or turned its wheel over a cell, counted from 0.
*/
export type TerminalInput =
	| {readonly kind: 'key'; readonly name: string}
	| {readonly kind: 'paste'; readonly text: string}
	| {
			readonly kind: 'mouse';
			readonly what: 'press' | 'wheelUp' | 'wheelDown';
			readonly x: number;
			readonly y: number;
	  };
