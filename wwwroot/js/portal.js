// Everything that a page does by itself, and the start of its connection.
import './theme.js';
import './ages.js';
import './moments.js';
import './copying.js';
import './keys.js';
import { reconnectionHandler } from './connection.js';

globalThis.Blazor.start({ circuit: { reconnectionHandler } });
