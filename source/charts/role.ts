/**
What a piece of text is, for a theme to colour. Code names roles only; a screen
without colour is the same text. States (`guest` to `used`) belong to the model's
actors, `ok warn bad` to judgement, `a b mark` to comparison and change marks.
*/
export type Role =
	| 'text'
	| 'dim'
	| 'frame'
	| 'focus'
	| 'title'
	| 'value'
	| 'select'
	| 'guest'
	| 'host'
	| 'spin'
	| 'lock'
	| 'exit'
	| 'wait'
	| 'irq'
	| 'used'
	| 'ok'
	| 'warn'
	| 'bad'
	| 'a'
	| 'b'
	| 'mark';
