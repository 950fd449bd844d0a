/**
 * Permissions of Android that it grants without a question, by the last part of their names.
 * Those that an app defines itself count as such as well.
 *
 * Source: developer.android.com/reference/android/Manifest.permission, protection levels.
 */
const NORMAL = new Set([
  ...["ACCESS_LOCATION_EXTRA_COMMANDS", "ACCESS_NETWORK_STATE", "ACCESS_NOTIFICATION_POLICY"],
  ...["ACCESS_WIFI_STATE", "BLUETOOTH", "BLUETOOTH_ADMIN", "BROADCAST_STICKY"],
  ...["CALL_COMPANION_APP", "CHANGE_NETWORK_STATE", "CHANGE_WIFI_MULTICAST_STATE"],
  ...["CHANGE_WIFI_STATE", "DETECT_SCREEN_CAPTURE", "DISABLE_KEYGUARD", "ENFORCE_UPDATE_OWNERSHIP"],
  ...["EXPAND_STATUS_BAR", "FOREGROUND_SERVICE", "GET_PACKAGE_SIZE", "HIDE_OVERLAY_WINDOWS"],
  ...["HIGH_SAMPLING_RATE_SENSORS", "INSTALL_SHORTCUT", "INTERNET", "KILL_BACKGROUND_PROCESSES"],
  ...["MANAGE_OWN_CALLS", "MODIFY_AUDIO_SETTINGS", "NFC", "NFC_PREFERRED_PAYMENT_INFO"],
  ...["NFC_TRANSACTION_EVENT", "QUERY_ADVANCED_PROTECTION_MODE", "READ_BASIC_PHONE_STATE"],
  ...["READ_SYNC_SETTINGS", "READ_SYNC_STATS", "RECEIVE_BOOT_COMPLETED", "REORDER_TASKS"],
  ...["REQUEST_COMPANION_RUN_IN_BACKGROUND", "REQUEST_DELETE_PACKAGES"],
  ...["REQUEST_IGNORE_BATTERY_OPTIMIZATIONS", "RUN_USER_INITIATED_JOBS", "SET_ALARM"],
  ...["SET_WALLPAPER", "SET_WALLPAPER_HINTS", "TRANSMIT_IR", "UNINSTALL_SHORTCUT"],
  ...["UPDATE_PACKAGES_WITHOUT_USER_ACTION", "USE_BIOMETRIC", "USE_EXACT_ALARM"],
  ...["USE_FINGERPRINT", "USE_FULL_SCREEN_INTENT", "VIBRATE", "WAKE_LOCK", "WRITE_SYNC_SETTINGS"],
]);

/** Permissions of Android that it asks the user for while the app runs. */
const DANGEROUS = new Set([
  ...["ACCEPT_HANDOVER", "ACCESS_BACKGROUND_LOCATION", "ACCESS_COARSE_LOCATION"],
  ...["ACCESS_FINE_LOCATION", "ACCESS_MEDIA_LOCATION", "ACTIVITY_RECOGNITION"],
  ...["ADD_VOICEMAIL", "ANSWER_PHONE_CALLS", "BLUETOOTH_ADVERTISE", "BLUETOOTH_CONNECT"],
  ...["BLUETOOTH_SCAN", "BODY_SENSORS", "BODY_SENSORS_BACKGROUND", "CALL_PHONE", "CAMERA"],
  ...["GET_ACCOUNTS", "NEARBY_WIFI_DEVICES", "POST_NOTIFICATIONS", "PROCESS_OUTGOING_CALLS"],
  ...["RANGING", "READ_CALENDAR", "READ_CALL_LOG", "READ_CONTACTS", "READ_EXTERNAL_STORAGE"],
  ...["READ_MEDIA_AUDIO", "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO"],
  ...["READ_MEDIA_VISUAL_USER_SELECTED", "READ_PHONE_NUMBERS", "READ_PHONE_STATE", "READ_SMS"],
  ...["RECEIVE_MMS", "RECEIVE_SMS", "RECEIVE_WAP_PUSH", "RECORD_AUDIO", "SEND_SMS", "USE_SIP"],
  ...["UWB_RANGING", "WRITE_CALENDAR", "WRITE_CALL_LOG", "WRITE_CONTACTS"],
  ...["WRITE_EXTERNAL_STORAGE"],
]);

const ANDROID = "android.permission.";

/**
 * How Android guards a permission: `special` for those that only settings, the system or the same
 * signer can give, and for those of Android that are not known here.
 */
export function permissionLevel(name: string): "normal" | "dangerous" | "special" {
  if (!name.startsWith(ANDROID)) return "normal";
  const last = name.slice(ANDROID.length);
  if (NORMAL.has(last) || last.startsWith("FOREGROUND_SERVICE_")) return "normal";
  return DANGEROUS.has(last) ? "dangerous" : "special";
}
