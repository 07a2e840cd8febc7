/* The reader's choice of colours, before anything is painted; without one the system's holds. */
try {
  document.documentElement.dataset.colours = localStorage.getItem("benchbook-colours") || "";
} catch { /* storage is refused: the system's */ }
