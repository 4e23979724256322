import {blockKind} from './kinds/block.js';
import {cellKind} from './kinds/cell.js';
import {checkKind} from './kinds/check.js';
import {diffKind} from './kinds/diff.js';
import {pairKind} from './kinds/pair.js';
import {pilotKind} from './kinds/pilot.js';
import {runKind} from './kinds/run.js';
import {sweepKind} from './kinds/sweep.js';
import {type TaskTable} from './task-kind.js';

/** What a worker of the program can be asked. */
export const tasks: TaskTable = [checkKind, cellKind, runKind, pairKind, diffKind, sweepKind, blockKind, pilotKind];
