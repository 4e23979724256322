type Modal =
	| 'filter'
	| 'editor'
	| 'picker'
	| 'pickerFilter'
	| 'lessons'
	| 'palette'
	| 'save'
	| 'screen'
	| 'export'
	| 'help'
	| 'explain'
	| 'message';

/**
Where keys mean something. Outside the modal scopes those of the view, of the history (where
what is shown can be moved) and of everywhere hold together, in this order; a modal scope takes
all keys but those of `always`.
*/
export type Scope = 'always' | 'lesson' | 'global' | 'history' | `view:${string}` | `modal:${Modal}`;

/** Keys of a command in a scope. `C-x` is control, `S-x` shift; others are names or characters. */
export type Binding = {
	readonly keys: readonly string[];
	readonly command: string;
	readonly scope: Scope;
};

/** Bindings of a scope from rows of keys, a blank between them, and the command. */
export function bind(scope: Scope, rows: ReadonlyArray<readonly [keys: string, command: string]>): Binding[] {
	return rows.map(([keys, command]) => ({keys: keys.split(' '), command, scope}));
}

/** What opens an overlay closes it too. */
const closing = {'modal:help': '? esc', 'modal:explain': 'x esc', 'modal:message': 'esc enter'} as const;

/** The keys of every view. In the scopes for typing, characters that have no binding are text. */
export const keyTable: readonly Binding[] = [
	...bind('always', [
		['C-c', 'app.quit'],
		['C-z', 'app.suspend'],
		['C-l', 'look.redraw'],
	]),
	...bind('global', [
		['space', 'time.pause'],
		['.', 'time.stepEvent'],
		[',', 'time.stepCommand'],
		['f', 'time.stepFrame'],
		['+', 'time.faster'],
		['-', 'time.slower'],
		['*', 'time.max'],
		['z', 'chart.zoomIn'],
		['Z', 'chart.zoomOut'],
		['r', 'metrics.reset'],
		['/', 'find.filter'],
		[':', 'find.palette'],
		['?', 'help.toggle'],
		['x', 'help.explain'],
		['p', 'preset.pick'],
		['L', 'lesson.list'],
		['a', 'advice.apply'],
		['F', 'history.fork'],
		['B', 'compare.fork'],
		['u', 'edit.undo'],
		['C-r', 'edit.redo'],
		['s', 'file.save'],
		['S', 'file.screen'],
		['y', 'file.copyCommand'],
		['T', 'look.theme'],
		['esc', 'app.back'],
		['q', 'app.quit'],
	]),
	...bind('lesson', [
		['enter', 'lesson.next'],
		['backspace', 'lesson.previous'],
		['esc', 'lesson.leave'],
	]),
	...bind('history', [
		['left h', 'history.left'],
		['right l', 'history.right'],
		['[', 'history.back'],
		[']', 'history.forward'],
		['{', 'history.pageBack'],
		['}', 'history.pageForward'],
		['g', 'history.start'],
		['0 G', 'history.live'],
		['a', 'history.whole'],
	]),
	...bind('modal:filter', [
		['up', 'params.previous'],
		['down', 'params.next'],
		['C-u', 'edit.clear'],
		['enter', 'filter.keep'],
		['esc', 'filter.leave'],
	]),
	...bind('modal:editor', [
		['up', 'edit.double'],
		['down', 'edit.halve'],
		['tab', 'edit.complete'],
		['enter', 'edit.apply'],
		['C-u', 'edit.clear'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:picker', [
		['up k', 'list.previous'],
		['down j', 'list.next'],
		['pgup', 'list.pageUp'],
		['pgdn', 'list.pageDown'],
		['home g', 'list.first'],
		['end G', 'list.last'],
		['enter', 'list.choose'],
		['/', 'list.filter'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:lessons', [
		['up k', 'list.previous'],
		['down j', 'list.next'],
		['pgup', 'list.pageUp'],
		['pgdn', 'list.pageDown'],
		['home g', 'list.first'],
		['end G', 'list.last'],
		['enter', 'lesson.begin'],
		['L esc', 'overlay.close'],
	]),
	...bind('modal:pickerFilter', [
		['up', 'list.previous'],
		['down', 'list.next'],
		['pgup', 'list.pageUp'],
		['pgdn', 'list.pageDown'],
		['home', 'list.first'],
		['end', 'list.last'],
		['enter', 'list.choose'],
		['C-u', 'edit.clear'],
		['esc', 'list.leaveFilter'],
	]),
	...bind('modal:palette', [
		['up', 'list.previous'],
		['down', 'list.next'],
		['pgup', 'list.pageUp'],
		['pgdn', 'list.pageDown'],
		['home', 'list.first'],
		['end', 'list.last'],
		['tab', 'palette.complete'],
		['enter', 'palette.run'],
		['C-u', 'edit.clear'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:save', [
		['enter', 'save.write'],
		['C-u', 'edit.clear'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:screen', [
		['enter', 'screen.write'],
		['C-u', 'edit.clear'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:export', [
		['up', 'export.longer'],
		['down', 'export.shorter'],
		['tab', 'export.format'],
		['enter', 'export.write'],
		['C-u', 'edit.clear'],
		['esc', 'export.cancel'],
	]),
	...(['modal:help', 'modal:explain', 'modal:message'] as const).flatMap(scope =>
		bind(scope, [
			['up k', 'list.previous'],
			['down j', 'list.next'],
			['pgup', 'list.pageUp'],
			['pgdn space', 'list.pageDown'],
			['home g', 'list.first'],
			['end G', 'list.last'],
			[closing[scope], 'overlay.close'],
			['q', 'app.quit'],
		]),
	),
];

/** The commands of a key in these scopes, in the order of the scopes. */
export function commandsFor(
	key: string,
	scopes: readonly Scope[],
	table: readonly Binding[] = keyTable,
): readonly string[] {
	return scopes.flatMap(scope =>
		table.filter(binding => binding.scope === scope && binding.keys.includes(key)).map(binding => binding.command),
	);
}

/** Keys of a command as help and hints write them; of one scope or of all. */
export function keysOf(command: string, scope?: string, table: readonly Binding[] = keyTable): string[] {
	return [
		...new Set(
			table
				.filter(binding => binding.command === command && (scope === undefined || binding.scope === scope))
				.flatMap(binding => binding.keys.map(key => keyName(key))),
		),
	];
}

const names: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	backspace: 'Backspace',
	pgup: 'PgUp',
	pgdn: 'PgDn',
	home: 'Home',
	end: 'End',
};

/** A key as it is written on screen: `↑`, `Ctrl-R`, `space`. */
export function keyName(key: string): string {
	return key.startsWith('C-')
		? `Ctrl-${key.slice(2).toUpperCase()}`
		: key.startsWith('S-')
			? `Shift-${keyName(key.slice(2))}`
			: (names[key] ?? key.replace(/^f(?=\d)/v, 'F'));
}
