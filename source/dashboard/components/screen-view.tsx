import {Box} from 'ink';
import {type QueueReading} from '../../session/snapshot.js';
import {type Rect} from '../../charts/canvas.js';
import {isWideTable} from '../../views/overview/queues.js';
import {type Look} from '../../charts/look.js';
import {Lines} from './lines.js';
import {QueueTable} from './queue-table.js';

/** A finished frame: what Ink is to put on the terminal. */
export type Frame = {
	readonly width: number;
	readonly rows: readonly string[];
	readonly table:
		| {
				readonly rect: Rect;
				readonly queues: readonly QueueReading[];
				readonly headLook: Look;
				readonly cellLook: Look;
		  }
		| undefined;
	/** What lies over the table's place. */
	readonly cover: {readonly rect: Rect; readonly rows: readonly string[]} | undefined;
};

/** Rows, the table over them, an overlay over both. */
export function ScreenView({frame}: {readonly frame: Frame}): React.JSX.Element {
	const {width, rows, table, cover} = frame;
	const panelWidth = (table?.rect.width ?? 0) + 2;
	return (
		<Box height={rows.length} width={width}>
			<Box position="absolute">
				<Lines rows={rows} />
			</Box>
			{table !== undefined && (
				<Box
					marginLeft={table.rect.x}
					marginTop={table.rect.y}
					overflowX="hidden"
					position="absolute"
					width={table.rect.width}
				>
					<Box flexShrink={0} marginLeft={isWideTable(panelWidth) ? 0 : 1} width={table.rect.width + 8}>
						<QueueTable
							cellLook={table.cellLook}
							headLook={table.headLook}
							queues={table.queues}
							width={panelWidth}
						/>
					</Box>
				</Box>
			)}
			{cover !== undefined && (
				<Box marginLeft={cover.rect.x} marginTop={cover.rect.y} position="absolute">
					<Lines rows={cover.rows} />
				</Box>
			)}
		</Box>
	);
}
