// What htmx does not do by itself: says whether the page is live, keeps opened lists open, closes the drawer.
(function () {
  "use strict";

  function say(state) {
    var sign = document.getElementById("live");
    if (sign) {
      sign.dataset.state = state;
    }
  }

  document.addEventListener("htmx:sseOpen", function () { say("live"); });
  document.addEventListener("htmx:sseError", function () { say("away"); });

  var opened = [];

  document.addEventListener("htmx:beforeSwap", function (event) {
    opened = Array.prototype.map.call(
      event.detail.target.querySelectorAll("details[open][id]"),
      function (details) { return details.id; });
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    opened.forEach(function (id) {
      var details = document.getElementById(id);
      if (details) {
        details.open = true;
      }
    });
    opened = [];
    var tally = document.querySelector("[data-open-alerts]");
    if (tally) {
      var count = tally.dataset.openAlerts;
      document.title = (count === "0" ? "" : "(" + count + ") ")
        + document.title.replace(/^\(\d+\) /, "");
    }
    if (event.detail.target.id === "drawer") {
      var heading = event.detail.target.querySelector("h2");
      if (heading) {
        heading.focus();
      }
    }
  });

  function close() {
    var drawer = document.getElementById("drawer");
    if (drawer) {
      drawer.replaceChildren();
    }
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) {
      close();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      close();
    }
  });
})();
