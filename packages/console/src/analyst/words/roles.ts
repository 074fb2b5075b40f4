import type { Role } from '@kith/protocol/study';

/** What a role is called; beside it, what it may do. */
export const roleWords: Record<Role, string> = {
  viewer: 'Viewer',
  analyst: 'Analyst',
  approver: 'Approver',
  admin: 'Admin',
};

export const roleMeans: Record<Role, string> = {
  viewer: 'sees everything, changes nothing',
  analyst: 'investigates, plans and works on cases',
  approver: 'also approves what others have planned',
  admin: 'also decides who may come in',
};
