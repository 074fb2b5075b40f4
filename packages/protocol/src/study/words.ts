/** What analysts may do; each role may do what those before it may. */
export const roles = ['viewer', 'analyst', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

export const ringStates = ['open', 'throttled', 'suspended', 'dismissed'] as const;
export type RingState = (typeof ringStates)[number];

/** How sure a human is of an attribution. */
export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];
