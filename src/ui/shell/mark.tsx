/** The sign: a circle of service that stays open where the customer speaks. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
    <rect width="32" height="32" rx="9" fill="#126b63" />
    <path d="M16 7.5a8.5 8.5 0 1 1-6.6 13.85" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    <path d="M9.2 14.5A8.5 8.5 0 0 1 10.5 9.6" fill="none" stroke="#b3dfd8" strokeWidth="3" strokeLinecap="round" />
    <circle cx="16" cy="16" r="2.6" fill="#fff" />
  </svg>
)
