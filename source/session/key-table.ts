/**
Where keys mean something. Global keys and those of the view hold together; a modal
scope takes all keys but those of `always`.
*/
export type Scope = 'always' | 'global' | 'overview' | 'modal:filter' | 'modal:editor' | 'modal:picker' | 'modal:pickerFilter' | 'modal:palette' | 'modal:save' | 'modal:export' | 'modal:help' | 'recording' | 'modal:recordingHelp';

/** Keys of a command in a scope. `C-x` is control, `S-x` shift; others are names or characters. */
export type Binding = {
	readonly keys: readonly string[];
	readonly command: string;
	readonly scope: Scope;
};

function bind(scope: Scope, rows: ReadonlyArray<readonly [keys: string, command: string]>): Binding[] {
	return rows.map(([keys, command]) => ({keys: keys.split(' '), command, scope}));
}

/** The key table. In the scopes for typing, characters that have no binding are text. */
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
		['p', 'preset.pick'],
		['u', 'edit.undo'],
		['C-r', 'edit.redo'],
		['s', 'file.save'],
		['T', 'look.theme'],
		['esc', 'app.back'],
		['q', 'app.quit'],
	]),
	...bind('overview', [
		['up k', 'params.previous'],
		['down j', 'params.next'],
		['left h', 'params.decrease'],
		['right l', 'params.increase'],
		['e enter', 'params.edit'],
		['d', 'params.default'],
		['g', 'params.first'],
		['G', 'params.last'],
		['w', 'file.export'],
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
		['enter', 'list.choose'],
		['/', 'list.filter'],
		['esc', 'overlay.close'],
	]),
	...bind('modal:pickerFilter', [
		['up', 'list.previous'],
		['down', 'list.next'],
		['enter', 'list.choose'],
		['C-u', 'edit.clear'],
		['esc', 'list.leaveFilter'],
	]),
	...bind('modal:palette', [
		['up', 'list.previous'],
		['down', 'list.next'],
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
	...bind('modal:export', [
		['up', 'export.longer'],
		['down', 'export.shorter'],
		['tab', 'export.format'],
		['enter', 'export.write'],
		['C-u', 'edit.clear'],
		['esc', 'export.cancel'],
	]),
	...bind('modal:help', [
		['? esc', 'overlay.close'],
	]),
	...bind('recording', [
		['1', 'view.overview'],
		['4', 'view.latency'],
		['left h', 'recording.left'],
		['right l', 'recording.right'],
		['[', 'history.back'],
		[']', 'history.forward'],
		['{', 'history.pageBack'],
		['}', 'history.pageForward'],
		['g', 'recording.start'],
		['0 G', 'history.live'],
		['z', 'chart.zoomIn'],
		['Z', 'chart.zoomOut'],
		['a', 'recording.whole'],
		['space', 'time.pause'],
		['?', 'help.toggle'],
		['T', 'look.theme'],
		['q', 'app.quit'],
	]),
	...bind('modal:recordingHelp', [
		['? esc', 'overlay.close'],
		['q', 'app.quit'],
	]),
];

/** The command of a key in the first of the scopes that has one. */
export function commandFor(key: string, scopes: readonly Scope[]): string | undefined {
	for (const scope of scopes) {
		const binding = keyTable.find(candidate => candidate.scope === scope && candidate.keys.includes(key));
		if (binding !== undefined) {
			return binding.command;
		}
	}

	return undefined;
}

/** Keys of a command as help and hints write them. */
export function keysOf(command: string, scope?: Scope): string[] {
	return [...new Set(keyTable
		.filter(binding => binding.command === command && (scope === undefined || binding.scope === scope))
		.flatMap(binding => binding.keys.map(key => keyName(key))))];
}

const names: Readonly<Record<string, string>> = {
	up: '↑', down: '↓', left: '←', right: '→', enter: 'Enter', esc: 'Esc', tab: 'Tab',
};

/** A key as it is written on screen: `↑`, `Ctrl-R`, `space`. */
export function keyName(key: string): string {
	return key.startsWith('C-') ? `Ctrl-${key.slice(2).toUpperCase()}` : names[key] ?? key;
}
